// Owns the precompiled header; see precompiled.cmake.
