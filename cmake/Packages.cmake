# What Debian's package and the wheel say of themselves. scripts/deb.sh and scripts/wheel.sh build them;
# both configure with CANVASS_PACKAGE.

# The licenses of all that is inside: of the headers that are compiled in, which packaging/copyright
# lists, and of the npm packages, which the bundles name at their end.
if(CANVASS_PACKAGE)
  set(bundles "")
  if(CANVASS_WEB)
    set(bundles ${CMAKE_BINARY_DIR}/web/pictures.mjs ${CMAKE_BINARY_DIR}/web/report.html)
  endif()
  set(copyright ${CMAKE_BINARY_DIR}/copyright)
  add_custom_command(
    OUTPUT ${copyright}
    DEPENDS ${PROJECT_SOURCE_DIR}/packaging/copyright ${PROJECT_SOURCE_DIR}/packaging/copyright.sh
            ${bundles}
    COMMAND ${PROJECT_SOURCE_DIR}/packaging/copyright.sh ${PROJECT_SOURCE_DIR}/packaging/copyright
            ${bundles} > ${copyright}
    COMMENT "Collecting licenses"
    VERBATIM)
  add_custom_target(canvass_copyright ALL DEPENDS ${copyright})
  if(CANVASS_WEB)
    add_dependencies(canvass_copyright canvass_web)
  endif()
  install(FILES ${copyright} DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()

# A program for torch 2.x runs with the minor version that it was compiled for and no other.
if(CANVASS_TORCH AND Torch_VERSION VERSION_GREATER_EQUAL 2)
  string(REGEX MATCH "^[0-9]+\\.[0-9]+" CANVASS_TORCH_SERIES ${Torch_VERSION})
  configure_file(${PROJECT_SOURCE_DIR}/packaging/wheel/pyproject.toml.in
                 ${CMAKE_BINARY_DIR}/wheel/pyproject.toml @ONLY)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME canvass)
set(CPACK_PACKAGE_CONTACT "The canvass developers <canvass@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "predict how populations answer survey questions")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"canvass measures how well a language model predicts the shares with which
a group of people answers a survey question, specializes the model by
first-token alignment, and reports what was gained over simple baselines.
It reads files of SPSS, Stata, SAS and CSV.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libtorch makes do with any BLAS, and the one that is installed first for it is slow.
set(CPACK_DEBIAN_PACKAGE_DEPENDS libopenblas0-openmp)
# Pictures are drawn by Node.js; rsvg-convert turns them into PNG.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nodejs (>= 18), librsvg2-bin")
include(CPack)
