// loses: the till runs
// loses: it is still TypeScript
// loses: another day
// says: does not provide an export named 'Size'
export { Till } from './till.ts'
