export { Till } from './till.ts'
