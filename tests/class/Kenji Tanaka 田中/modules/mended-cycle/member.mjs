import { title } from './club.mjs'

export const card = (name) => `${name}, ${title}`
