exports.round = (number) => Math.round(number * 10) / 10
