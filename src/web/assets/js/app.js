// Small things the pages do better with a script; every page works without it.
