import { blur } from './blur.cjs'

export async function soften(image) {
  blur(image)
  return image
}
