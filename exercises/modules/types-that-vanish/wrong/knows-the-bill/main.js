// loses: another day
// says: `Max: small chai, 5`
export { Till } from './till.ts'
