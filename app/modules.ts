/** The wings of the house: each adds one line, and is known to nobody else. */
export { apiKeys } from './features/apiKeys/module';
export { codePools } from './features/codePools/module';
export { donations } from './features/donations/module';
export { fulfilment } from './features/fulfilment/module';
export { health } from './features/health/module';
export { partners } from './features/partners/module';
export { pastOrders } from './features/pastOrders/module';
export { pointFiles } from './features/pointFiles/module';
export { simulation } from './features/simulation/module';
export { warnings } from './features/warnings/module';
