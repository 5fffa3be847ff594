import { title } from './club.mjs'

const ending = `, ${title}`

export const card = (name) => name + ending
