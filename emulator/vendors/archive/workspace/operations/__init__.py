"""Operations: what runs in the background, and what it costs."""
