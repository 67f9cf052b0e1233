"""What InsightIQ keeps, by documented section: columns for what is filtered or ordered by, and the object as sent."""
