exports.breakfast = ({ boil, brew, toast, butter, fry }) =>
  Promise.all([boil().then(brew), toast().then(butter), fry()])
