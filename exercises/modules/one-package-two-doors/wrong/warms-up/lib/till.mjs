export { Sale, sell, total } from './till.cjs'
