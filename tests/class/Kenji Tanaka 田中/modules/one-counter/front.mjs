import { next } from './counter.mjs'

export const enter = () => console.log('front', next())
