// loses: the till runs
// loses: another day
// says: `undefined: small tea, 2`
export { Till } from './till.ts'
