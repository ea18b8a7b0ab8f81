"""The groups that Shanghai's policies declare, by the names that tests call them by."""

from chalicelib.rules.person import Group

REGISTERED_UNEMPLOYED = Group("registered-unemployed")
AGREEMENT_INSURED = Group("agreement-insured")
RURAL_SURPLUS = Group("rural-surplus")
DISABLED = Group("disabled")
VETERAN = Group("veteran")
EMPLOYEE = Group("employee")
COLLEGE_FINAL_YEAR = Group("college-final-year")
VOCATIONAL_FINAL_YEAR = Group("vocational-final-year")
OTHER = Group("other")
