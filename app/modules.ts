/** The wings of the house: each adds one line, and is known to nobody else. */
export { warnings } from './features/warnings/module';
