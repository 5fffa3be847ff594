export interface Order {
  drink: string
  size: 'small' | 'large'
}
