# Writes OUTPUT: the version and commit as C++ string literals. Left untouched when nothing changed.
# Usage: cmake -DOUTPUT=FILE -DVERSION=X.Y.Z -P tools/build_info.cmake
cmake_minimum_required(VERSION 3.25)
find_program(GIT git)
set(COMMIT "unknown")
if(GIT)
  execute_process(COMMAND ${GIT} describe --always --dirty --abbrev=12 --exclude=*
                  OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE
                  ERROR_QUIET RESULT_VARIABLE STATUS)
  if(NOT STATUS EQUAL 0)
    set(COMMIT "unknown")
  endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT
     "constexpr const char* kVersion = \"@VERSION@\";\nconstexpr const char* kCommit = \"@COMMIT@\";\n"
     @ONLY)
