"""Import 导入: one pipeline for every file an office sends."""
