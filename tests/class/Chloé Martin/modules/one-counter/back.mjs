import { next } from './counter.mjs?back'

export const enter = () => console.log('back', next())
