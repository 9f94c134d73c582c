# How every target of canvass is compiled, and the two shapes a folder can have:
# a library under src/ and its tests under tests/.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# What takes time is in kernels/, which is compiled with -O3, and in libraries: -O3 elsewhere would
# take a third more time to compile.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
# Headers cost more to compile than what stands below them: so many files of a room are compiled as
# one. -DCMAKE_UNITY_BUILD=OFF compiles each by itself.
if(NOT DEFINED CMAKE_UNITY_BUILD)
  set(CMAKE_UNITY_BUILD ON)
endif()
set(CMAKE_UNITY_BUILD_BATCH_SIZE 12)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

include(GNUInstallDirs)
# canvass_define_alone(SOURCE DEFINITION VALUE): a path that differs between build folders goes to the one
# source that looks there, which is compiled by itself: all others are the same in every build folder,
# and ccache serves them all.
function(canvass_define_alone source definition value)
  set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS ${definition}="${value}")
  set_property(SOURCE ${source} PROPERTY SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# canvass_part_place(SOURCE DEFINITION BUILT INSTALLED): where programs look last for a part of canvass:
# in the folder BUILT, unless a package is built, whose programs know INSTALLED only.
function(canvass_part_place source definition built installed)
  if(CANVASS_PACKAGE)
    set(built ${installed}/canvass)
  endif()
  canvass_define_alone(${source} ${definition} ${built})
endfunction()

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers are only cached with these allowances. Relative to the checkout, what one build
  # folder or clone compiled serves the others too.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

# Linking statically, mold takes a tenth of the time that GNU ld does.
find_program(MOLD mold)
if(MOLD)
  add_link_options($<$<CXX_COMPILER_ID:GNU>:-fuse-ld=mold>)
endif()

add_library(canvass_options INTERFACE)
# -Wrestrict misfires on std::string in GCC 12 (its bug 105329). Where many files are compiled as one,
# a type used by one of them alone looks as though others could use it.
target_compile_options(canvass_options INTERFACE -Wall -Wextra
                       $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local -Wno-restrict -Wno-subobject-linkage>
                       $<$<BOOL:${CANVASS_DEVELOPER}>:-Werror>)
target_include_directories(canvass_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
if(CANVASS_SANITIZE)
  # Instrumented std::regex misleads GCC 12 into -Wmaybe-uninitialized.
  target_compile_options(canvass_options INTERFACE
                         $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
                         -fsanitize=${CANVASS_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(canvass_options INTERFACE -fsanitize=${CANVASS_SANITIZE})
endif()

# canvass_room(ROOM [ROOM...]): the library canvass_ROOM of src/ROOM, which may use the rooms named
# after it and what those may use: the arrows of the architecture, checked by tests/base. A room with
# a CMakeLists.txt of its own calls canvass_library() there, to link other libraries too.
function(canvass_room room)
  set(uses ${ARGN})
  list(TRANSFORM uses PREPEND canvass_)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/CMakeLists.txt)
    add_subdirectory(${room})
  else()
    canvass_library()
  endif()
endfunction()

# What these do themselves takes no time: they are compiled for a short compilation instead, in two
# thirds of the time.
set(CANVASS_LIGHT_ROOMS designs export probes jinja model_files hub prompt asking report tasks cli
                        model_tasks model_cli)

# These include Eigen, whose templates take seconds in each file: fewer of them are compiled as one, so
# that a change is compiled in a quarter of a minute.
set(CANVASS_HEAVY_ROOMS stats weighting baselines opinions pooling transfer estimation confidence import)

# canvass_library([LIBRARIES...]): the library of the room at hand, from every .cc below its folder
# but a program's main.cc.
function(canvass_library)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  add_library(canvass_${room} STATIC ${sources})
  target_link_libraries(canvass_${room} PUBLIC canvass_options ${uses} ${ARGN})
  if(room IN_LIST CANVASS_HEAVY_ROOMS)
    set_target_properties(canvass_${room} PROPERTIES UNITY_BUILD_BATCH_SIZE 5)
  endif()
  if(room IN_LIST CANVASS_LIGHT_ROOMS)
    target_compile_options(canvass_${room} PRIVATE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Og>)
  endif()
endfunction()

# canvass_tests(ROOM [TOGETHER] [TORCH] [ROOM | LIBRARY...]): one test program from every .cc of
# tests/ROOM, linked with the room's library, if there is a room of this name, and with those named.
# Each test runs in a process of its own; TOGETHER they run in one, for programs that take longer to
# load (libtorch half a second) than a test to run. TORCH: it includes libtorch.
function(canvass_tests room)
  cmake_parse_arguments(PARSE_ARGV 1 tests "TOGETHER;TORCH" "" "")
  set(libraries ${tests_UNPARSED_ARGUMENTS})
  list(TRANSFORM libraries PREPEND canvass_ REGEX "^[a-z_]+$")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${room}/*.cc)
  add_executable(test_${room} ${sources})
  if(TARGET canvass_${room})
    list(PREPEND libraries canvass_${room})
  endif()
  target_link_libraries(test_${room} PRIVATE canvass_test_support ${libraries})
  set(headers <gmock/gmock.h> <gtest/gtest.h> <nlohmann/json.hpp>)
  # What a test does itself takes no time. Precompiled, the standard headers lose that they are the
  # system's, and GCC 12 misjudges std::string in them (its bug 105651).
  target_compile_options(test_${room} PRIVATE -O1 $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds
                         -Wno-stringop-overflow -Wno-stringop-overread>)
  if(tests_TORCH)
    canvass_precompile(test_${room} test_nn ${headers} <ATen/ATen.h>)
  else()
    canvass_precompile(test_${room} test_base ${headers})
  endif()
  if(tests_TOGETHER)
    add_test(NAME ${room} COMMAND test_${room})
    set_tests_properties(${room} PROPERTIES TIMEOUT 1200)
  else()
    gtest_discover_tests(test_${room} TEST_PREFIX ${room}. DISCOVERY_MODE PRE_TEST
                         PROPERTIES TIMEOUT 600)
  endif()
endfunction()

# canvass_precompile(TARGET MAKER HEADERS...): heavy headers (libtorch's take 17 s a file) are
# compiled once, by the target MAKER; others of the same flags and definitions take them from it.
function(canvass_precompile target maker)
  get_target_property(kind ${target} TYPE)
  if(kind STREQUAL INTERFACE_LIBRARY)
    return()
  elseif(target STREQUAL maker)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${maker})
  endif()
endfunction()
