// loses: it is still TypeScript
// says: order.ts is not there
// says: till.ts has no types
export { Till } from './till.ts'
