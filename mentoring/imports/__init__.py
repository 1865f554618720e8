"""Files of people as the HR system writes them: their encoding, their columns, their cells. Knows no database."""
