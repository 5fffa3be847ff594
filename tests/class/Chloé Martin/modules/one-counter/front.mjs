import { next } from './counter.mjs?front'

export const enter = () => console.log('front', next())
