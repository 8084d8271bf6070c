/** The wings of the house: each adds one line, and is known to nobody else. */
export { apiKeys } from './features/apiKeys/module';
export { health } from './features/health/module';
export { pastOrders } from './features/pastOrders/module';
export { pointFiles } from './features/pointFiles/module';
