import { card } from './member.mjs'

export var title = 'Chess Club'

export function welcome(name) {
  return `Welcome! ${card(name)}`
}

export function rename(newTitle) {
  title = newTitle
}
