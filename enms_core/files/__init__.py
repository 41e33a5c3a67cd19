"""Files of meters, as people export them: text, spreadsheets, stamps, amounts, and guesses."""
