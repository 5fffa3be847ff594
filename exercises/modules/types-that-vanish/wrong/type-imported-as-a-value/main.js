// loses: the till runs
// loses: it is still TypeScript
// loses: another day
// says: does not provide an export named 'Order'
// says: what is only a type needs `import type`
export { Till } from './till.ts'
