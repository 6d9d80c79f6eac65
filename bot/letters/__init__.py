"""Dutch letters: read, recognised, their dates counted, explained. Nothing here keeps or sends anything."""
