// loses: what needs something begins as soon as that is there
// loses: burnt toast
// loses: another morning
// loses: a bad morning
// says: breakfast is served when all three things are there
exports.breakfast = async ({ boil, brew, toast, butter, fry }) => {
  boil().then(brew)
  toast().then(butter)
  fry()
  return ['coffee', 'buttered toast', 'egg']
}
