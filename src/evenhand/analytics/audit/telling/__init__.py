"""From numbers to words, tables and pictures, one module for each question of the audit."""
