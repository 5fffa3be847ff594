export { Till } from './till'
