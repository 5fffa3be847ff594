exports.units = ['C', 'F']
