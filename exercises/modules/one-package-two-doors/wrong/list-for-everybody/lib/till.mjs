export * from './till.cjs'
