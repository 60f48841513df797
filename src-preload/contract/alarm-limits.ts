/** Alarms on one page of a server's list. */
export const alarmPageSize = 200

/** So many pages of the list are looked through for one span of time: the list knows no time. */
export const mostAlarmPages = 5
