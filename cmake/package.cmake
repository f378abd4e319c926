# The Debian package: `cmake --build … --target manual`, then `cpack` in the build's folder.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # the tests are no part of it

set(manual ${CMAKE_BINARY_DIR}/manual)
find_program(VIGIE_PYTHON3 NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
add_custom_command(OUTPUT ${manual}/vigie.1.gz ${manual}/vigie.properties.5.gz ${manual}/vigie.bash
    ${manual}/vigie.properties ${manual}/changelog.gz
  COMMAND ${VIGIE_PYTHON3} -B ${CMAKE_SOURCE_DIR}/packaging/make_manual.py $<TARGET_FILE:vigie> ${CMAKE_SOURCE_DIR} ${manual}
  DEPENDS vigie packaging/make_manual.py config/vigie.properties CHANGELOG.md
  VERBATIM)
add_custom_target(manual DEPENDS ${manual}/vigie.1.gz)

set(private OWNER_READ OWNER_WRITE GROUP_READ)
install(FILES ${manual}/vigie.properties DESTINATION /etc/vigie PERMISSIONS ${private} COMPONENT package)
install(FILES systemd/vigie.service systemd/vigie-nightly.service systemd/vigie-nightly.timer
  DESTINATION /lib/systemd/system COMPONENT package)
install(FILES ${manual}/vigie.1.gz DESTINATION /usr/share/man/man1 COMPONENT package)
install(FILES ${manual}/vigie.properties.5.gz DESTINATION /usr/share/man/man5 COMPONENT package)
install(FILES ${manual}/vigie.bash DESTINATION /usr/share/bash-completion/completions RENAME vigie COMPONENT package)
install(FILES packaging/copyright ${manual}/changelog.gz README.md CHANGELOG.md docs/errors.md docs/rules.md docs/regles.fr.md
  docs/guide-exploitation.fr.md docs/security.md DESTINATION /usr/share/doc/vigie COMPONENT package)
install(FILES config/vigie.properties systemd/network.conf DESTINATION /usr/share/doc/vigie/examples COMPONENT package)

# To be read: those that the program uses are in it.
install(DIRECTORY config/words DESTINATION /usr/share/doc/vigie COMPONENT package)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME vigie)
set(CPACK_PACKAGE_VENDOR Vigie)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "Vigie maintainers <maintainers@vigie.example>")
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "odbc-postgresql, odbc-mariadb, libsqliteodbc")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "nightly compliance of Mon Compte Partenaire entitlements")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Takes the export of the portal every night, says what is wrong in it, works
out what must be closed, tells the people who can put it right, and writes
workbooks for the compliance officers. It changes nothing in the portal.")
file(WRITE ${CMAKE_BINARY_DIR}/conffiles "/etc/vigie/vigie.properties\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/conffiles ${CMAKE_SOURCE_DIR}/packaging/postinst
  ${CMAKE_SOURCE_DIR}/packaging/prerm ${CMAKE_SOURCE_DIR}/packaging/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
