# ReadStat, which reads files of SPSS, Stata and SAS: from source, if scripts/fetch_readstat.sh has brought
# it, else Debian's library, which is older and refuses or misreads some files (docs/importing.md).
execute_process(COMMAND ${PROJECT_SOURCE_DIR}/scripts/fetch_readstat.sh --folder
                OUTPUT_VARIABLE fetched OUTPUT_STRIP_TRAILING_WHITESPACE)
set(CANVASS_READSTAT ${fetched} CACHE PATH
    "The folder of ReadStat's source; Debian's library is used if it is not there")

add_library(canvass_readstat_library INTERFACE)
if(EXISTS ${CANVASS_READSTAT}/readstat.h)
  message(STATUS "ReadStat: from source, ${CANVASS_READSTAT}")
  enable_language(C)
  find_package(Iconv REQUIRED)
  file(GLOB_RECURSE sources ${CANVASS_READSTAT}/*.c)
  add_library(readstat_from_source STATIC ${sources})
  # Another's code: its warnings are not canvass's to mend.
  target_compile_options(readstat_from_source PRIVATE -w)
  target_compile_definitions(readstat_from_source PRIVATE HAVE_ZLIB=1)
  target_include_directories(readstat_from_source SYSTEM PUBLIC ${CANVASS_READSTAT})
  target_link_libraries(readstat_from_source PUBLIC ZLIB::ZLIB Iconv::Iconv m)
  set_target_properties(readstat_from_source PROPERTIES UNITY_BUILD OFF)
  target_link_libraries(canvass_readstat_library INTERFACE readstat_from_source)
  target_compile_definitions(canvass_readstat_library INTERFACE CANVASS_READSTAT_FROM_SOURCE)
else()
  find_library(READSTAT_LIBRARY readstat REQUIRED)
  message(STATUS "ReadStat: the system's, ${READSTAT_LIBRARY}; scripts/fetch_readstat.sh brings a newer "
                 "one, which reads more files")
  target_link_libraries(canvass_readstat_library INTERFACE ${READSTAT_LIBRARY})
endif()
