import { pino, type Logger } from 'pino';
import { environment } from './env.server';

/**
 * One line of JSON per event: ids and topics as fields, never personal data or tokens. Requests and
 * jobs take a child of it. What could hold a secret by accident is cut out here.
 */
export const log: Logger = pino({
  level: environment().LOG_LEVEL,
  base: null,
  redact: {
    paths: ['*.accessToken', '*.refreshToken', '*.email', '*.phone', '*.authorization', 'headers', '*.headers'],
    censor: '[removed]',
  },
});
