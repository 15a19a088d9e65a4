// Deliberately empty: the stand-in calls chrome.windows and chrome.tabs through the debugger.
