import thermo from './convert.cjs'

export const { asked, toFahrenheit } = thermo
