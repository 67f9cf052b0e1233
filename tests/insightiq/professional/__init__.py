"""Professional Creator Discovery: the search of LinkedIn profiles, their analytics and its dictionaries."""
