// loses: what needs nothing begins at once
// loses: what needs something begins as soon as that is there
// loses: burnt toast
// loses: another morning
// loses: a bad morning
// says: no breakfast: brew needs water and got a promise
export async function breakfast({ boil, brew, toast, butter, fry }) {
  return await Promise.all([brew(boil()), butter(toast()), fry()])
}
