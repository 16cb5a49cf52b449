"""What a person sees: safe text, tables, questions, Chinese help and Chinese errors."""
