// loses: the till runs
// loses: it is still TypeScript
// loses: another day
// says: Cannot find module
// says: An `import` needs the file that is there
export { Till } from './till.js'
