import { visitors } from './counter.mjs'

export const enter = () => {
  visitors += 1
  console.log('back', visitors)
}
