"""Files for people: calendar entries and the plan as a document."""
