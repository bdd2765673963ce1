# What `cmake --install` puts where, and the Debian package made of the same. Included by CMakeLists.txt.
include(GNUInstallDirs)

# Asked of the program itself, so that none of them can lack a command or an option. Without a date or a name
# in the archive: the same program gives the same bytes.
set(NNRUN_MANUAL ${CMAKE_CURRENT_BINARY_DIR}/generated/nnrun.1.gz)
set(NNRUN_BASH_COMPLETION ${CMAKE_CURRENT_BINARY_DIR}/generated/nnrun.bash)
set(NNRUN_ZSH_COMPLETION ${CMAKE_CURRENT_BINARY_DIR}/generated/_nnrun)
add_custom_command(OUTPUT ${NNRUN_MANUAL} ${NNRUN_BASH_COMPLETION} ${NNRUN_ZSH_COMPLETION}
  COMMAND nnrun man | gzip -9 -n >${NNRUN_MANUAL}
  COMMAND nnrun completion bash >${NNRUN_BASH_COMPLETION}
  COMMAND nnrun completion zsh >${NNRUN_ZSH_COMPLETION}
  DEPENDS nnrun)
add_custom_target(nnrun_manual ALL DEPENDS ${NNRUN_MANUAL} ${NNRUN_BASH_COMPLETION} ${NNRUN_ZSH_COMPLETION})

install(TARGETS nnrun RUNTIME)
install(FILES ${NNRUN_MANUAL} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${NNRUN_BASH_COMPLETION}
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME nnrun)
install(FILES ${NNRUN_ZSH_COMPLETION} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
# docdir and examples as Debian has them. A manifest names its experiments by ../configs, and an experiment
# file its schema beside it.
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
foreach(pages configs experiments results tests tools/bench src)  # in their folders, as they name each other
  file(GLOB NNRUN_PAGES CONFIGURE_DEPENDS ${pages}/*.md)
  install(FILES ${NNRUN_PAGES} DESTINATION ${CMAKE_INSTALL_DOCDIR}/${pages})
endforeach()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(DIRECTORY configs experiments DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
  FILES_MATCHING PATTERN "*.yaml" PATTERN "*.schema.json")

# lintian misses a changelog, which git's log is, and a year in LICENSE.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "the nnrun authors")
# Nobody reads mail for it: .invalid is the name that says so.
set(CPACK_PACKAGE_CONTACT "The nnrun authors <nnrun@nnrun.invalid>")
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/tools/package_rights.cmake)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gnuplot-nox | gnuplot, fonts-liberation2 | fonts-liberation")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS dataset-fashion-mnist)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "experiments with neural networks, from a YAML file to CSV")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Trains every point of a grid of hyper-parameters that a YAML file describes,
and leaves a tree of CSV files that any plotting tool can read: learning
curves, confusion matrices, weights, and how all of it came about.
.
The same file gives the same bytes, at any number of threads, in one go or
killed and gone on with. Statements about results can be kept beside the
experiments and checked. Figures are drawn with gnuplot; reports are single
HTML pages.")
include(CPack)
