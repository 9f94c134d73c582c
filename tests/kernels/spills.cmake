# The test kernels.spills: what accumulates stays in registers (spills.py). It reads the machine code
# of this build, so it says nothing of one that is not made for speed.
find_package(Python3 QUIET COMPONENTS Interpreter)
if(NOT CMAKE_BUILD_TYPE STREQUAL Release OR CANVASS_SANITIZE)
  set(why "this is no release build")
elseif(NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  set(why "the compiler is not GCC")
elseif(NOT Python3_FOUND OR NOT CMAKE_OBJDUMP)
  set(why "there is no python3 or no objdump")
endif()
if(DEFINED why)
  add_test(NAME kernels.spills COMMAND ${CMAKE_COMMAND} -E echo "skipped: ${why}")
  set_tests_properties(kernels.spills PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped")
else()
  add_test(NAME kernels.spills
           COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/spills.py
                   --objdump ${CMAKE_OBJDUMP} $<TARGET_FILE:canvass_kernels>)
endif()
